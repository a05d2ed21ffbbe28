// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {PackedLists} from "../../contracts/mocks/faulty/Signed.sol";
import {Action, Act} from "../../contracts/types/Act.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 12: two lists in one signed hash, and a member that moves from one to the other without a trace.
contract Finding12_AmbiguousLists is FindingBase {
    /// @dev Every word of a settlement has its place: the same words in another order are another digest.
    function test_EscrowTellsNeighboursApart() public {
        Terms memory terms = _funded(ETH);
        uint40 expiry = uint40(block.timestamp);
        uint128 part = uint128(ETH_PRICE / 4);
        bytes32 signed = Digests.settlement(address(escrow), _idOf(terms), part, uint128(ETH_PRICE), expiry);
        bytes32 moved = Digests.settlement(address(escrow), _idOf(terms), uint128(ETH_PRICE), part, expiry);
        vm.assertTrue(!_attack(signed, moved), "the digests differ");
        bytes memory signature = _sign(SELLER_KEY, signed);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, seller));
        vm.prank(buyer);
        escrow.settle(terms, part * 2, uint128(ETH_PRICE), expiry, "", signature);
    }

    /// @dev What is signed for a batch is signed deal by deal, so the lists of a call can be cut nowhere else.
    function test_EscrowTakesNoMemberFromAnotherList() public {
        Terms[] memory deals = new Terms[](2);
        deals[0] = _funded(ETH);
        deals[1] = _terms(ETH);
        deals[1].salt = 2;
        _open(deals[1]);
        bytes[] memory signatures = new bytes[](2);
        uint40[] memory expiries = new uint40[](2);
        Act memory what = _actOf(buyer, Action.Release);
        for (uint256 i = 0; i < 2; ++i) {
            // Crossed: each deal comes with the signature of the other.
            (signatures[i], expiries[i]) = (_signed(deals[1 - i], what), what.expiry);
        }
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, buyer));
        escrow.releaseFor(deals, expiries, signatures);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.LengthsDiffer.selector, 2, 1, 2));
        escrow.releaseFor(deals, new uint40[](1), signatures);
        (signatures[0], signatures[1]) = (signatures[1], signatures[0]);
        escrow.releaseFor(deals, expiries, signatures);
        _assertState(deals[1], DealState.Completed);
    }

    function test_FaultyHashIsTheSameForOtherLists() public {
        PackedLists faulty = new PackedLists();
        address[] memory one = new address[](1);
        address[] memory two = new address[](2);
        uint256[] memory amount = new uint256[](1);
        uint256[] memory amounts = new uint256[](2);
        (one[0], two[0], two[1], amount[0]) = (seller, seller, buyer, 7);
        (amounts[0], amounts[1]) = (uint160(buyer), 7);
        vm.assertTrue(_attack(faulty.digest(one, amounts), faulty.digest(two, amount)), "an amount became an address");
    }

    function _attack(bytes32 signed, bytes32 moved) private pure returns (bool same) {
        return signed == moved;
    }
}
