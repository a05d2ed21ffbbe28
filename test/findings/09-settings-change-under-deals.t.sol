// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {OwnedEscrow} from "../../contracts/mocks/faulty/Settings.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {AdminProbe} from "./AdminProbe.sol";

/// @notice Finding 9: an owner changes fee, token or address while deals are open, and they break or cost more.
contract Finding09_SettingsChangeUnderDeals is AdminProbe {
    /// @dev Words that serve as any address, number or empty bytes.
    bytes private arguments = abi.encode(uint256(5_000), uint256(64), uint256(0), uint256(0), uint256(0));

    function test_EscrowHasNoSettings() public {
        Terms memory terms = _funded(address(usd));
        bytes32 word = keccak256(abi.encode(escrow.dealOf(_idOf(terms))));
        vm.assertEq(_attack(address(escrow)), 0, "functions that govern the escrow");
        vm.assertEq(_attack(address(reputation)), 0, "functions that govern the reviews");
        vm.assertTrue(!_isProxy(address(escrow)) && !_isProxy(address(reputation)), "no proxies");
        vm.assertEq(keccak256(abi.encode(escrow.dealOf(_idOf(terms)))), word, "the deal is as it was");
        vm.prank(buyer);
        escrow.release(terms);
        _collect(terms);
        vm.assertEq(usd.balanceOf(operator), PRICE / 40, "the fee is the one that was signed");
        vm.assertEq(usd.balanceOf(seller), PRICE - PRICE / 40, "and so is the price");
    }

    /// @dev The operator of the deal and the escrow's own parts have no more power than the deployer.
    function test_EscrowObeysNobodyElse() public {
        Terms memory terms = _funded(ETH);
        address[3] memory others = [operator, address(reputation), PERMIT2];
        for (uint256 i = 0; i < 3; ++i) {
            deployer = others[i];
            vm.assertEq(_attack(address(escrow)), 0, "functions that govern the escrow");
            vm.assertTrue(!_try(others[i], address(escrow), _release(terms)), "cannot release");
        }
        _assertState(terms, DealState.Funded);
    }

    function test_FaultyEscrowTakesHalf() public {
        OwnedEscrow faulty = new OwnedEscrow(address(usd));
        vm.startPrank(buyer);
        usd.approve(address(faulty), PRICE);
        faulty.deposit(PRICE);
        vm.stopPrank();
        uint256 snapshot = vm.snapshotState();
        vm.assertEq(_attack(address(faulty)), 3, "owner(), setFee and setToken");
        vm.assertTrue(!_try(buyer, address(faulty), abi.encodeCall(faulty.release, (seller))), "the token has moved");
        vm.revertToState(snapshot);
        faulty.setFee(5_000);
        vm.prank(buyer);
        faulty.release(seller);
        vm.assertEq(usd.balanceOf(seller), PRICE / 2, "and half is gone");
    }

    function _attack(address target) private returns (uint256) {
        return _found(target, _settings(), arguments);
    }
}
