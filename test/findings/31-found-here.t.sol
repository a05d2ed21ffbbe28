// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Faults that this escrow itself once had.
contract Finding31_FoundHere is FindingBase {
    /// @dev A buyer who paid a deposit and cannot pay the rest gets it back when both agreed, and no later, whatever the seller
    /// does.
    function test_SellerCannotPutOffTheReturnOfADeposit() public {
        Terms memory terms = _partlyFunded(ETH);
        _atDeadline(terms);
        uint40 later = uint40(block.timestamp + 365 days);
        bytes memory extend = abi.encodeCall(IEscrow.extend, (terms, later));
        vm.assertTrue(!_try(seller, address(escrow), extend), "refused");
        Act memory what = _actOf(seller, Action.Extend, later);
        what.hash = bytes32(uint256(DealState.PartlyFunded));
        bytes memory signed = abi.encodeCall(IEscrow.act, (terms, what, _signed(terms, what)));
        vm.assertTrue(!_try(RELAYER, address(escrow), signed), "by signature too");
        vm.warp(block.timestamp + 1);
        uint256 had = buyer.balance;
        vm.prank(buyer);
        escrow.cancelFunding(terms);
        vm.assertEq(buyer.balance - had, ETH_PRICE / 4, "the deposit is back");
    }

    /// @dev On the side of a split that takes another id deals go on, by new signatures and not by old ones.
    function test_DealsOutliveAChangeOfTheChainsId() public {
        Terms memory terms = _funded(ETH);
        bytes32 id = escrow.dealId(terms);
        Act memory what = _actOf(buyer, Action.Release);
        bytes memory old = _signed(terms, what);
        vm.chainId(block.chainid + 1);
        vm.assertEq(escrow.dealId(terms), id, "the deal is found");
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, buyer));
        escrow.act(terms, what, old);
        vm.prank(buyer);
        escrow.release(terms);
        vm.assertEq(uint256(escrow.dealOf(id).state), uint256(DealState.Completed), "released");
    }
}
