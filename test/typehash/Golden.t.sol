// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {TypedHash} from "../../contracts/libraries/TypedHash.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {GoldenReader} from "./GoldenReader.sol";

contract GoldenHashes is GoldenReader {
    function test_DealIdsAreThoseOfTypeScript() public {
        string memory json = vm.readFile("protocol/golden/deal-id.json");
        for (uint256 i = 0; i < VECTORS; ++i) {
            IEscrow there = _enter(json, _at("", i));
            Terms memory terms = _readTerms(json, string.concat(_at("", i), ".terms"));
            bytes32 expected = vm.parseJsonBytes32(json, string.concat(_at("", i), ".dealId"));
            vm.assertEq(Digests.dealId(address(there), terms), expected, "the id by the text of EIP-712");
        }
    }

    /// @dev A contract keeps the domain of its deployment for ids, so it is asked about its own.
    function test_DealIdsAreThoseOfTheText() public view {
        string memory json = vm.readFile("protocol/golden/deal-id.json");
        for (uint256 i = 0; i < VECTORS; ++i) {
            Terms memory terms = _readTerms(json, string.concat(_at("", i), ".terms"));
            vm.assertEq(escrow.dealId(terms), Digests.dealId(address(escrow), terms), "the contract's id");
        }
    }

    function test_DealIdsOutliveAChangeOfTheChainsId() public {
        Terms memory terms = _funded(ETH);
        bytes32 id = escrow.dealId(terms);
        vm.chainId(2);
        vm.assertEq(escrow.dealId(terms), id, "id");
        vm.prank(buyer);
        escrow.release(terms);
    }

    function test_OfferDigestsAreThoseOfTypeScript() public {
        string memory json = vm.readFile("protocol/golden/typed-data.json");
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory path = _at(".offers", i);
            IEscrow there = _enter(json, path);
            Offer memory offer = _readOffer(json, string.concat(path, ".offer"));
            bytes32 expected = vm.parseJsonBytes32(json, string.concat(path, ".digest"));
            vm.assertEq(Digests.typed(address(there), this.structHash(offer)), expected, "the contract's hash");
            vm.assertEq(Digests.offer(address(there), offer), expected, "the hash by the text of EIP-712");
        }
    }

    function test_SettlementDigestsAreThoseOfTypeScript() public {
        string memory json = vm.readFile("protocol/golden/typed-data.json");
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory path = _at(".settlements", i);
            IEscrow there = _enter(json, path);
            bytes32 id = vm.parseJsonBytes32(json, string.concat(path, ".settlement.dealId"));
            uint128 toBuyer = uint128(vm.parseJsonUint(json, string.concat(path, ".settlement.toBuyer")));
            uint128 remaining = uint128(vm.parseJsonUint(json, string.concat(path, ".settlement.remaining")));
            uint40 expiry = uint40(vm.parseJsonUint(json, string.concat(path, ".settlement.expiry")));
            bytes32 expected = vm.parseJsonBytes32(json, string.concat(path, ".digest"));
            bytes32 hash = TypedHash.ofSettlement(id, toBuyer, remaining, expiry);
            vm.assertEq(Digests.typed(address(there), hash), expected, "the contract's hash");
            bytes32 own = Digests.settlement(address(there), id, toBuyer, remaining, expiry);
            vm.assertEq(own, expected, "the hash by the text of EIP-712");
        }
    }

    function test_RulingDigestsAreThoseOfTypeScript() public {
        string memory json = vm.readFile("protocol/golden/typed-data.json");
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory path = _at(".rulings", i);
            IEscrow there = _enter(json, path);
            bytes32 id = vm.parseJsonBytes32(json, string.concat(path, ".ruling.dealId"));
            uint16 share = uint16(vm.parseJsonUint(json, string.concat(path, ".ruling.buyerBps")));
            bytes32 reason = vm.parseJsonBytes32(json, string.concat(path, ".ruling.reasonHash"));
            bytes32 expected = vm.parseJsonBytes32(json, string.concat(path, ".digest"));
            bytes32 hash = TypedHash.ofRuling(id, share, reason);
            vm.assertEq(Digests.typed(address(there), hash), expected, "the contract's hash");
            vm.assertEq(Digests.ruling(address(there), id, share, reason), expected, "the hash by the text of EIP-712");
        }
    }

    function test_ReviewCommitmentsAreThoseOfTypeScript() public view {
        string memory json = vm.readFile("protocol/golden/typed-data.json");
        for (uint256 i = 0; i < 5; ++i) {
            string memory path = _at(".reviews", i);
            bytes32 commitment = keccak256(
                abi.encode(
                    vm.parseJsonBytes32(json, string.concat(path, ".dealId")),
                    vm.parseJsonAddress(json, string.concat(path, ".author")),
                    uint8(vm.parseJsonUint(json, string.concat(path, ".score"))),
                    vm.parseJsonBytes32(json, string.concat(path, ".textHash")),
                    vm.parseJsonBytes32(json, string.concat(path, ".secret"))
                )
            );
            vm.assertEq(commitment, vm.parseJsonBytes32(json, string.concat(path, ".commitment")), "commitment");
        }
    }

    function test_DomainIsReadableFromTheContract() public view {
        (, string memory name, string memory version, uint256 chainId, address contract_,,) =
            IERC5267(address(escrow)).eip712Domain();
        vm.assertEq(name, "Fairhold Escrow", "name");
        vm.assertEq(version, "1", "version");
        vm.assertEq(chainId, block.chainid, "chain");
        vm.assertEq(contract_, address(escrow), "contract");
    }

    /// @dev The contract's own hash, which takes calldata.
    function structHash(Offer calldata offer) external pure returns (bytes32) {
        return TypedHash.ofOffer(offer, TypedHash.ofTerms(offer.terms));
    }
}
